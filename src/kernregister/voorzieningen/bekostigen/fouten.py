"""What cannot be done in this room; the text is for people."""


class Bekostigingsfout(ValueError):
    """What was asked cannot be; the text says why and what can."""


class Onvindbaar(Bekostigingsfout):
    """There is no such thing, or not for who asks."""
