import Foundation
import GRDB
import SlussCore

/// Reads a column, or says that the store is damaged.
///
/// GRDB's own subscript traps on a NULL or on a value of another type, and a damaged page can hold
/// either, whatever the schema says.
extension Row {
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ column: String
    ) throws -> Value {
        guard let value = self[column] as Value? else { throw StoreError.damaged(what: column) }
        return value
    }

    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
        _ column: Int
    ) throws -> Value {
        guard column < count, let value = self[column] as Value? else {
            throw StoreError.damaged(what: "column \(column)")
        }
        return value
    }

    func bytes(_ column: Int) throws -> [UInt8] { Array(try value(column) as Data) }

    func bytes(_ column: String) throws -> [UInt8] { Array(try value(column) as Data) }

    /// A number of writes or of bundles: never negative, never beyond what a log can have.
    func counter(_ column: Int) throws -> UInt64 { try Self.counter(value(column)) }

    /// As for a column by its place.
    func counter(_ column: String) throws -> UInt64 { try Self.counter(value(column)) }

    private static func counter(_ number: Int64) throws -> UInt64 {
        guard let counter = UInt64(exactly: number), counter <= Dot.counterMax else {
            throw StoreError.damaged(what: "counter")
        }
        return counter
    }
}
