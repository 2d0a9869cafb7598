public import SlussBundle

/// How a bundle's file is closed to those it is not for.
public enum Sealing: Sendable {
    /// Not at all: whoever finds the file can read it.
    case plain
    /// As an age file, with a header that was made for this key.
    case sealed(AgeHeader, AgeFileKey)
}
