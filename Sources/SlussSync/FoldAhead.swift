import Dispatch
import Synchronization

/// Records that are folded on another core while the writer stores those before them.
///
/// SQLite has one writer, and folding needs nothing of it: what is read before and stored after
/// takes about as long. Whoever asks for the outcomes folds what nobody has begun, so nobody waits
/// for a core that others hold.
final class FoldAhead: Sendable {
    /// Fewer are not worth a second core.
    private static let countMin = 8
    /// How many are taken at a time.
    private static let partSize = 2

    /// What is folded.
    let inputs: [QuickFold.Input]
    private let parts: Mutex<(next: Int, outcomes: [Int: [QuickFold.Outcome]])>
    /// Entered for each part that is being folded.
    private let begun = DispatchGroup()

    /// Begins.
    init(_ inputs: [QuickFold.Input]) {
        self.inputs = inputs
        parts = Mutex((0, [:]))
        guard inputs.count >= Self.countMin else { return }
        DispatchQueue.global(qos: .userInitiated).async { self.foldParts() }
    }

    /// What came of each, in order; folds what is left.
    func outcomes() -> [QuickFold.Outcome] {
        foldParts()
        begun.wait()
        return parts.withLock { parts in
            parts.outcomes.sorted { $0.key < $1.key }.flatMap(\.value)
        }
    }

    /// Lets go of all of it; if that is much, the memory is freed on another thread.
    static func release(_ fold: FoldAhead, _ outcomes: [QuickFold.Outcome]) {
        guard fold.inputs.count >= countMin else { return }
        DispatchQueue.global().async { withExtendedLifetime((fold, outcomes)) {} }
    }

    private func foldParts() {
        while let range = begin() {
            let outcomes = inputs[range].map { QuickFold.fold($0) }
            parts.withLock { $0.outcomes[range.lowerBound] = outcomes }
            begun.leave()
        }
    }

    private func begin() -> Range<Int>? {
        parts.withLock { parts in
            guard parts.next < inputs.count else { return nil }
            let range = parts.next..<min(parts.next + Self.partSize, inputs.count)
            parts.next = range.upperBound
            begun.enter()
            return range
        }
    }
}
