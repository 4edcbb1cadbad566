"""What can be wrong with a question or a decision about signals, in words for who asked."""


class Kwaliteitsfout(Exception):
    """A question or decision that cannot be; the text says why, and what to do instead."""


class Onvindbaar(Kwaliteitsfout):
    """What was asked for is not there, or not for who asks: the two look the same."""


class WordtGeteld(Exception):
    """There is too much to count while somebody waits. ``aantal`` is of how many persons."""

    def __init__(self, aantal: int) -> None:
        super().__init__(f"De cijfers worden geteld: {aantal} personen.")
        self.aantal = aantal
