"""How a machine shows who it is."""

from rest_framework.authentication import TokenAuthentication


class Machine(TokenAuthentication):
    keyword = "Bearer"
