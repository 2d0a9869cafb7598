import SlussCore

/// The small numbers of the replicas, as one transaction knows them.
final class ReplicaNumbers {
    private var names: [Int64: ReplicaID] = [:]
    private var numbers: [ReplicaID: Int64] = [:]

    /// Forgets all of it: a part of the transaction has been taken back.
    func forget() {
        names = [:]
        numbers = [:]
    }

    /// The number of `replica`; `nil` if it has no log here.
    func number(of replica: ReplicaID, load: () throws -> [(Int64, ReplicaID)]) throws -> UInt64? {
        if let number = numbers[replica] { return UInt64(number) }
        if numbers.isEmpty { note(try load()) }
        return numbers[replica].map { UInt64($0) }
    }

    /// The replica of that number.
    func name(of number: UInt64, load: () throws -> [(Int64, ReplicaID)]) throws -> ReplicaID? {
        guard let number = Int64(exactly: number) else { return nil }
        if let name = names[number] { return name }
        note(try load())
        return names[number]
    }

    /// Notes a log that has been started, or what has been looked up.
    func note(_ found: [(Int64, ReplicaID)]) {
        for (number, replica) in found where number > 0 {
            names[number] = replica
            numbers[replica] = number
        }
    }
}
