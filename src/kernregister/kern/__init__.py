"""The domain of Dutch vocational education, pure: no database, no network, no clock.

Everything here is a function of its arguments. A SIS supplier installs this part alone and runs the very rules
of the register on its own dossiers.
"""
