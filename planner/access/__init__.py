"""Who a person is, and who may come in: names of people, and the file that sets the login up.

What a person may do is decided in :mod:`planner.store.access`, by a role of the store's own.
"""
