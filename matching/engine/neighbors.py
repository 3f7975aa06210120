"""``CoverageNeighbors``: the coverage score behind scikit-learn's neighbours interface.

Interface first; the implementation follows in the next commits.

    matrix = load_relatedness(directory)                       # artefact.py, no scikit-learn needed
    vocabulary = SkillVocabulary([*matrix.codes, *newer_codes])
    matrix = matrix.over(vocabulary)
    technicians = Technicians.build(n_skills=len(vocabulary), limits=limits, ...)
    roles = Roles.build(n_skills=len(vocabulary), limits=limits, ...)

    nn = CoverageNeighbors(matrix, day=date.today().toordinal())
    both = nn.match(technicians, roles)                        # Matches(technicians=MatchLists, roles=MatchLists)
    one_shard = nn.match(technicians.take(slice(start, stop)), roles)
    role_lists = merge_partial(shard_a.roles, shard_b.roles)   # == the single run

    nn.fit(technicians).kneighbors(roles)                      # MatchLists, one per role
    nn.fit(roles).kneighbors(technicians)                      # MatchLists, one per technician
    nn.fit(roles).match_one_technician(technician)             # OneMatch(lists: OwnerLists, pairs: PairEntries)
    nn.fit(technicians).match_one_role(role)                   # the same from the other side

PairEntries(ids, orders, failed): every pair with at most one failed limit and a sum above 0, to merge into the *other*
side's stored lists with ``RankedList.with_entry`` (where ``orders`` beats ``kth_order``) or ``without``.
"""
