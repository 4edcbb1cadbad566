"""Users and roles: who works with the portal, given out by the Beheerder instelling (Handleiding h. 03 and 04)."""
