"""In the notebook: magics with completion, the explorer's widgets, and the command that regenerates stored outputs."""
