/// What of one file's patch is shown, decided on all that the file held before and holds now; nil for a side that is not
/// known or is too large.
package typealias PatchFilter = @Sendable (_ patch: String, _ old: String?, _ new: String?) -> String
