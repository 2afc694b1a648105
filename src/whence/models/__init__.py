"""The packaged models: weights, tokenizers, model cards, and the arithmetic that goes with them.

Below the reading components: nothing here knows of stories or statements.
"""
