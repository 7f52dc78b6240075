"""What the dashboard stands on: mission folders, their store and their planning jobs, as one.

Open it with :func:`planner.workspace.open.open_workspace`. Everything that a person does in
the dashboard is a call here, with its user; the same calls would serve another front.
"""
