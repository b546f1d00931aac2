"""The editorial and funders' words by which a report counts items: objectives, themes and forms of actions."""
