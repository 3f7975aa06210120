"""The loops that numba compiles: plain arrays in and out, integers only. Nothing here is imported before it is needed.

``jit``: what they share. ``cache``: where compiled code is kept. ``reservoir``: the best k. ``rows``: what a block of
people covers and fails. ``block``: a block against all roles. ``single``: one technician or one role.
``matching.engine.sweep`` and ``singles`` call them.
"""
