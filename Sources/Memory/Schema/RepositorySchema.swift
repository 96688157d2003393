/// Migration 7: a repository is known by host, owner and name, or by its path.
///
/// Before it was `owner/name` of any host, or the name of a directory. `owner/name` becomes GitHub's, where most are. A
/// directory's name may be anybody's and is kept as it is: it is seen in the whole history, and no repository has it.
///
/// A name in its new form has more parts, and stays. `runs_by_person` finds the last request that a person made.
let repositorySchema = """
    UPDATE messages SET repository = 'github.com/' || repository WHERE repository ~ '^[^/]+/[^/]+$';
    UPDATE runs SET repository = 'github.com/' || repository WHERE repository ~ '^[^/]+/[^/]+$';
    UPDATE chat_sessions s SET
        key = CASE WHEN key = 'hooks:' || repository AND NOT EXISTS (
                SELECT FROM chat_sessions o WHERE o.user_id = s.user_id AND o.key = 'hooks:github.com/' || s.repository)
            THEN 'hooks:github.com/' || repository ELSE key END,
        repository = 'github.com/' || repository
    WHERE repository ~ '^[^/]+/[^/]+$';
    CREATE INDEX runs_by_person ON runs (user_id, repository, started_at DESC) WHERE \(ledByPerson);
    """
