"""The command line: one file a command; a command parses, then calls a plain function."""
