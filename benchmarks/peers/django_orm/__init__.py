"""The peer of the register: the same meldingen with Django's ORM and the serializers of Django REST framework.

One row a record, one transaction a melding; no versions, no journal, no signals, numbers of persons in the clear.
"""
