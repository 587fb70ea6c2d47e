"""What a command ran: every recorded statement translated and judged, in a batch that can be resumed."""
