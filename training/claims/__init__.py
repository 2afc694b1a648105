"""How the weights of claim matching are made: sentence encoder and ranking; not in the wheel."""
