/// Of runs: a person has asked, and neither a git hook nor a batch nor another agent.
let ledByPerson = "source NOT IN ('hook', 'batch') AND parent_run_id IS NULL"
