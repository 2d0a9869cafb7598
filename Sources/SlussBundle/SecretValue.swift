/// A value that must not be seen: printed, logged, dumped or reflected, it shows its type alone.
///
/// Swift prints the stored properties of whatever has no description of its own, private ones too.
public protocol SecretValue: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{}

extension SecretValue {
    /// The name of the type.
    public var description: String { "\(Self.self)(secret)" }
    /// The name of the type.
    public var debugDescription: String { description }
    /// A mirror that shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
