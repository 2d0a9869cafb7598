/// What one text has that another has not, word by word.
///
/// The longest common run of words in order stays; the rest is taken away or added (Wagner and
/// Fischer, "The String-to-String Correction Problem", JACM 21(1), 1974).
public enum WordDifference {
    /// A piece of the difference.
    public enum Piece: Hashable, Sendable {
        case same(String)
        case removed(String)
        case added(String)
    }

    /// How many words of a text are compared; longer ones are shown as a whole.
    public static let wordsMax = 1000

    /// The pieces that lead from one text to another, joined where neighbours are alike.
    public static func pieces(from old: String, to new: String) -> [Piece] {
        let (left, right) = (words(old), words(new))
        guard left.count <= wordsMax, right.count <= wordsMax else {
            return old == new ? [.same(old)] : [.removed(old), .added(new)]
        }
        return joined(steps(left, right))
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }

    private static func steps(_ left: [String], _ right: [String]) -> [Piece] {
        var common = Array(
            repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
        for row in left.indices.reversed() {
            for column in right.indices.reversed() {
                common[row][column] =
                    Array(left[row].utf8) == Array(right[column].utf8)
                    ? common[row + 1][column + 1] + 1
                    : max(common[row + 1][column], common[row][column + 1])
            }
        }
        var pieces: [Piece] = []
        var (row, column) = (0, 0)
        while row < left.count || column < right.count {
            if row < left.count, column < right.count,
                Array(left[row].utf8) == Array(right[column].utf8)
            {
                pieces.append(.same(left[row]))
                (row, column) = (row + 1, column + 1)
            } else if column == right.count
                || row < left.count && common[row + 1][column] >= common[row][column + 1]
            {
                pieces.append(.removed(left[row]))
                row += 1
            } else {
                pieces.append(.added(right[column]))
                column += 1
            }
        }
        return pieces
    }

    private static func joined(_ pieces: [Piece]) -> [Piece] {
        var result: [Piece] = []
        for piece in pieces {
            switch (result.last, piece) {
            case (.same(let before)?, .same(let word)):
                result[result.count - 1] = .same(before + " " + word)
            case (.removed(let before)?, .removed(let word)):
                result[result.count - 1] = .removed(before + " " + word)
            case (.added(let before)?, .added(let word)):
                result[result.count - 1] = .added(before + " " + word)
            default: result.append(piece)
            }
        }
        return result
    }
}
