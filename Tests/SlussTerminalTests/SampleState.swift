import SlussCore
import SlussDomain

/// Records made of fields, for tests that show them.
enum SampleState {
    /// A meeting of one write.
    static func meeting(_ fields: [(String, FieldValue)]) -> Meeting? {
        guard let record = RecordID(bytes: Array(repeating: 7, count: 16)),
            let replica = ReplicaID(bytes: Array(repeating: 1, count: 16))
        else { return nil }
        var state = RecordState(
            record: record, kind: KindDefinition.meeting.name, audience: .shared)
        state.apply(
            Write(
                dot: Dot(replica: replica, counter: 1), record: record, kind: state.kind,
                context: VersionVector(), day: Day(number: 20_500),
                body: Write.Body(
                    changes: fields.compactMap { name, value in
                        FieldPath(name).map { Write.FieldChange($0, .set(value)) }
                    })))
        return Meeting(state)
    }
}
