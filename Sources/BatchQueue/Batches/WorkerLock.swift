/// The advisory lock that a worker holds for as long as it lives, and the channel on which workers hear of changes.
enum WorkerLock {
    /// The first half of the locks' keys.
    static let lockClass = 0x766f_6365
    static let channel = "vocero_batch"

    /// A condition in SQL: somebody holds the lock of a worker `w`.
    static let isHeld = """
        EXISTS (
            SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = \(lockClass)
                AND l.objid = w.lock_key AND l.granted
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        )
        """
}
