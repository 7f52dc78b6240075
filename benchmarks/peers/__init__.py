"""Other solvers on the same clusters, for comparison only; the planner needs none of them."""
