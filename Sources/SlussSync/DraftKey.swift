import SlussBundle

/// What opens a person's drafts; printed, it shows nothing.
///
/// Let go of it when the screen is locked: the bytes are not wiped from memory.
public struct DraftKey: Sendable {
    let identity: AgeIdentity
}
