import FoundationEssentials
import Testing

@testable import OfflineModel

struct `Days that are named` {
    /// 2026-11-25 01:30 in Madrid is still the 24th in UTC.
    static let now = Date(timeIntervalSince1970: 1_795_566_600)
    static let madrid = UserCalendar.fixed(seconds: 3_600)

    private func bounds(of text: String) async throws -> TimeBounds {
        let planner = OfflinePlanner(names: FixtureNames(), calendar: Self.madrid) { Self.now }
        guard case .follow(let reading) = await planner.verdict(on: text) else {
            Issue.record("not understood: \(text)")
            return TimeBounds()
        }
        return RequestPlan(reading: reading, tools: [], calendar: Self.madrid, now: Self.now).bounds
    }

    static let named: [(String, String?, String?)] = [
        ("commits since yesterday", "2026-11-23T23:00:00Z", nil), ("commits today", "2026-11-24T23:00:00Z", nil),
        ("commits since monday", "2026-11-22T23:00:00Z", nil), ("commits since wednesday", "2026-11-17T23:00:00Z", nil),
        ("commits on 2026-11-24", "2026-11-23T23:00:00Z", "2026-11-24T22:59:59Z"),
        ("commits before 2026-01-31", nil, "2026-01-30T22:59:59Z"),
        ("commits until 2026-01-31", nil, "2026-01-31T22:59:59Z"),
        ("commits in november", "2026-10-31T23:00:00Z", "2026-11-30T22:59:59Z"),
        ("commits in december", "2025-11-30T23:00:00Z", "2025-12-31T22:59:59Z"),
        ("commits last week", "2026-11-15T23:00:00Z", "2026-11-22T22:59:59Z"),
        ("commits in the last 3 days", "2026-11-21T23:00:00Z", nil),
        ("commits this month", "2026-10-31T23:00:00Z", nil),
        ("commits 2 weeks ago", "2026-11-10T23:00:00Z", "2026-11-11T22:59:59Z"),
        ("commits on march 5", "2026-03-04T23:00:00Z", "2026-03-05T22:59:59Z"),
        ("commits in 2025", "2024-12-31T23:00:00Z", "2025-12-31T22:59:59Z"),
        ("commits between january and march", "2025-12-31T23:00:00Z", "2026-03-31T22:59:59Z"),
        ("commits de hoy", "2026-11-24T23:00:00Z", nil),
        ("commits de ayer", "2026-11-23T23:00:00Z", "2026-11-24T22:59:59Z"),
        ("commits desde el lunes", "2026-11-22T23:00:00Z", nil),
        ("commits hasta el 5 de marzo", nil, "2026-03-05T22:59:59Z"),
        ("commits de la semana pasada", "2026-11-15T23:00:00Z", "2026-11-22T22:59:59Z"),
        ("commits antes de el 31/1/2026", nil, "2026-01-30T22:59:59Z"),
        ("commits de los últimos 3 días", "2026-11-21T23:00:00Z", nil),
    ]

    @Test(arguments: named)
    func `are whole days of the person who asks`(text: String, since: String?, until: String?) async throws {
        let bounds = try await bounds(of: text)
        #expect(bounds.since?.formatted(.iso8601) == since)
        #expect(bounds.until?.formatted(.iso8601) == until)
    }

    @Test(arguments: ["commits on 2026-02-31", "commits since february 30", "commits el 31 de abril"])
    func `that do not exist are said`(text: String) async {
        let read = await OfflinePlanner.fixture().explanation(of: text)
        #expect(read.reason?.contains("no day") == true || read.reason?.contains("ningún día") == true)
    }
}
