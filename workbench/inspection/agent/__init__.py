"""The part that runs inside the project's interpreter: standard library and Django only, Python 3.8 syntax."""
