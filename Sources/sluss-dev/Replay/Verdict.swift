/// How a store compares with what a workload must give.
///
/// The first members are those of the peers' checks (`common.py`).
struct Verdict: Encodable, Equatable {
    /// The fields that must have a value.
    var fields = 0
    /// Those that have another value, none, or one too many.
    var wrong = 0
    /// Those that must hold two values.
    var conflicts = 0
    /// Those of them that do.
    var bothKept = 0
    /// Those of them that hold one of the two.
    var oneKept = 0
    /// The pairs of writes to one field of which neither had seen the other.
    var conflictsDetected: Int64 = 0
    /// The fields that wait for a person, as the store itself lists them.
    var conflictsListed: Int64 = 0
    /// The records that are missing, or too many.
    var recordsWrong = 0
    /// The writes that do not count.
    var setAside = 0

    private enum CodingKeys: String, CodingKey {
        case fields
        case wrong
        case conflicts
        case bothKept = "both_kept"
        case oneKept = "one_kept"
        case conflictsDetected = "conflicts_detected"
        case conflictsListed = "conflicts_listed"
        case recordsWrong = "records_wrong"
        case setAside = "set_aside"
    }

    /// Whether nothing is lost, nothing too much, and every conflict is known.
    func isRight(for workload: Workload) -> Bool {
        wrong == 0 && bothKept == conflicts && oneKept == 0 && recordsWrong == 0 && setAside == 0
            && conflicts == workload.liveConflicts && conflictsListed == workload.liveConflicts
            && conflictsDetected == workload.sameFieldPairs
    }
}
