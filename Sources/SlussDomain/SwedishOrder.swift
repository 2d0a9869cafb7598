/// The order in which Swedish readers look for a name: å, ä and ö are letters of their own, last.
///
/// Without regard to capitals and to other accents (é is e, ü is y, as in Swedish dictionaries);
/// texts that are alike in that are in the order of their bytes, so that no two have the same place.
/// No locale decides it: the same list is in the same order on every computer.
public enum SwedishOrder {
    /// Whether `left` stands before `right`.
    ///
    /// - Parameter left: In Unicode normalisation form C, as all that is stored.
    public static func isBefore(_ left: String, _ right: String) -> Bool {
        let (leftKey, rightKey) = (key(left), key(right))
        if leftKey != rightKey { return leftKey.lexicographicallyPrecedes(rightKey) }
        return Array(left.utf8).lexicographicallyPrecedes(Array(right.utf8))
    }

    private static func key(_ text: String) -> [UInt32] {
        text.unicodeScalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars.map(place) }
    }

    /// What follows z, before every letter of other alphabets.
    private static let afterZ: UInt32 = 0x7B

    private static func place(_ letter: Unicode.Scalar) -> UInt32 {
        switch letter {
        case "å": afterZ
        case "ä", "æ": afterZ + 1
        case "ö", "ø": afterZ + 2
        case "à", "á", "â", "ã": UInt32(ascii: "a")
        case "ç", "č", "ć": UInt32(ascii: "c")
        case "đ", "ð": UInt32(ascii: "d")
        case "è", "é", "ê", "ë": UInt32(ascii: "e")
        case "ì", "í", "î", "ï": UInt32(ascii: "i")
        case "ł": UInt32(ascii: "l")
        case "ñ", "ń", "ŋ": UInt32(ascii: "n")
        case "ò", "ó", "ô", "õ": UInt32(ascii: "o")
        case "š", "ś": UInt32(ascii: "s")
        case "ŧ": UInt32(ascii: "t")
        case "ù", "ú", "û": UInt32(ascii: "u")
        case "ü", "ý", "ÿ": UInt32(ascii: "y")
        case "ž", "ź", "ż": UInt32(ascii: "z")
        default: letter.value <= afterZ - 1 ? letter.value : letter.value + 3
        }
    }
}

extension UInt32 {
    fileprivate init(ascii letter: Unicode.Scalar) { self = letter.value }
}
