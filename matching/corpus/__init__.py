"""The only place where rows of the database become arrays of the engine.

``taxonomy`` feeds the fit; ``frame`` says what all arrays of one computation share; ``technicians`` and ``roles``
read people and vacancies in a few streamed queries each, whatever their number.
"""
