"""What can be wrong with making an overview, in words for who asked."""


class Mislukt(Exception):
    """An overview cannot be made; the text says why to who asked. Never holds a number of a person."""
