"""Forms made of the structs of ``kern.meldingen``: what a melding carries is declared there, and only there.

`formulier.Formulier` reads, shows and explains; the other modules are its parts.
"""
