import SlussCore

extension JSONNode {
    func counter() throws(Malformed) -> UInt64 {
        let number = try integer()
        guard number > 0, UInt64(number) <= Dot.counterMax else {
            throw Malformed("a counter is out of range")
        }
        return UInt64(number)
    }

    func digestOrNull() throws(Malformed) -> Digest? {
        if isNull { return nil }
        guard let digest = Digest(try text()) else { throw Malformed("a digest is none") }
        return digest
    }

    func machine() throws(Malformed) -> Text {
        let text = try self.text()
        guard text.utf8.count <= 1, text.utf8.allSatisfy(FieldPath.isNameByte) else {
            throw Malformed("a machine is more than one letter")
        }
        return Text(text)
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ text: String) {
        key(name)
        self.text(text)
    }

    mutating func member(_ name: String, _ number: some BinaryInteger) {
        key(name)
        integer(number)
    }
}
