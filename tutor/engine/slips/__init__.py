"""The last reading: which single slip gives exactly the number that was typed?

`opening` opens prelude functions up and changes one node; `structure`, `conventions`, `names` and
`results` say which changes people make; `matching` holds what they give against the answer.
"""
