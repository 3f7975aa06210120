"""The matching engine: numpy, scipy and scikit-learn only; it knows no Django, no Celery, no ORM.

Nothing is imported here on purpose: ``explain`` in a web process must not pay for scikit-learn, which only
``relatedness`` and ``neighbors`` need. ``docs/matching.md`` has the formulas.
"""
