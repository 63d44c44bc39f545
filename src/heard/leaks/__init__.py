"""The leak check: looks for what is known to be private in anything that is about to be public. It can only veto."""
