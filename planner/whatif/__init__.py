"""What a change would do, reckoned from the documents before anybody settles it.

Nothing here plans: the plan at hand is changed in one place, and the planner's own definitions of
objectives and rules are asked what differs. The next plan may answer with further changes.
"""
