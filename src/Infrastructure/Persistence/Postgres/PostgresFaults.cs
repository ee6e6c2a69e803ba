using CleanSync.Application;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>
/// What each SQLSTATE means to CleanSync. Npgsql's own IsTransient calls a full disk passing and a standby not, and is not asked.
/// https://www.postgresql.org/docs/15/errcodes-appendix.html
/// </summary>
internal static class PostgresFaults
{
    private const string SerializationFailure = "40001", Deadlock = "40P01";

    /// <summary>Of two transactions that could not both go on this one was rolled back, and nothing of it is stored.</summary>
    public static bool IsGivenUp(Exception failure) => failure is PostgresException { SqlState: SerializationFailure or Deadlock };

    /// <summary>A row that this one refers to went while it was being stored: a second look tells so.</summary>
    public static bool IsOrphaned(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation };

    /// <summary>A statement that the connection had prepared gives other columns since the schema was changed.</summary>
    public static bool IsStalePlan(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" };

    public static bool IsOutrun(Exception failure) =>
        IsGivenUp(failure) || IsOrphaned(failure) || failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>The connection is of no use any more, or never was; what other connections of the pool are worth is not known.</summary>
    public static bool IsLostConnection(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => IsOfClass(state, "08") || state is "57P01" or "57P02" or "57P03" or "57P05" or "25P03",
        NpgsqlException => !IsTimeout(failure),
        _ => false,
    };

    /// <summary>
    /// Whether a commit that failed so may have been carried out all the same. What the server says of the transaction itself means that it
    /// was rolled back; anything else tells of the way there and back.
    /// </summary>
    public static bool LeavesOutcomeOpen(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => IsOfClass(state, "08") || IsOfClass(state, "57") || state is "25P03",
        _ => true,
    };

    /// <summary>Null for a failure that says nothing of the storage.</summary>
    public static StorageFault? Of(Exception failure) => failure switch
    {
        PostgresException known => Of(known.SqlState) ?? (IsStalePlan(known) ? StorageFault.Busy : null),
        NpgsqlException => IsTimeout(failure) ? StorageFault.Busy : StorageFault.Unreachable,
        _ => null,
    };

    private static StorageFault? Of(string state) => state switch
    {
        SerializationFailure or Deadlock => StorageFault.Busy,
        "55P03" or "57014" => StorageFault.Busy, // waited too long for a lock; took too long
        "53100" => StorageFault.ServerIsFull,
        "25006" => StorageFault.ServerIsReadOnly,
        "53200" or "53300" or "53400" => StorageFault.ServerIsBusy, // no memory, no connections, another limit of its configuration
        "57P01" or "57P02" or "57P03" or "57P05" or "25P03" => StorageFault.Unreachable,
        "57P04" or "3D000" => StorageFault.OtherDatabase, // dropped; not there
        "42501" => StorageFault.LogonRefused, // no right to a table
        "58030" or "58P01" or "58000" => StorageFault.Unreadable,
        "XX001" or "XX002" => StorageFault.Damaged,
        _ when IsOfClass(state, "08") => StorageFault.Unreachable,
        _ when IsOfClass(state, "28") => StorageFault.LogonRefused,
        _ => null,
    };

    private static bool IsOfClass(string state, string name) => state.StartsWith(name, StringComparison.Ordinal);

    /// <summary>A command that took longer than it may, or a pool of which no connection came free.</summary>
    private static bool IsTimeout(Exception failure) => failure.InnerException is TimeoutException;
}
