"""Match: which published fact-checks speak to a statement, and what else on hand says the same or the opposite.

Importing this package loads nothing heavy: the parts that need the encoder load it when they are first used.
"""
