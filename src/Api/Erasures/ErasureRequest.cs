using System.Text.Json.Serialization;

namespace CleanSync.Api.Erasures;

/// <summary>What to erase: the clients of appointments, or one staff member. Never the name of anybody.</summary>
/// <param name="AppointmentIds">Whose clients are erased: 1 to 1,000 ids, such as a search has found.</param>
/// <param name="StaffId">Instead of appointments: the booking product's id of the staff member who is erased.</param>
/// <param name="CancelFuture">true has appointments that are still to come cancelled first; without it one of them is a reason to refuse
/// all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ErasureRequest(IReadOnlyList<Guid>? AppointmentIds = null, string? StaffId = null, bool CancelFuture = false)
{
    internal static ErasureRequest Example { get; } = new([ErasureExamples.Past.Id]);

    /// <summary>What an erasure is about must not reach a log by way of a record.</summary>
    public override string ToString() => nameof(ErasureRequest);
}

/// <summary>Whose appointments are looked for. Several parts narrow it down: what is found fits all.</summary>
/// <param name="Name">Every word has to be in the client's name, whatever the case and accents of either; at most 200 characters.</param>
/// <param name="Phone">Its digits count, with or without those of the country; at most 200 characters.</param>
/// <param name="Email">All of it counts, whatever its case; at most 320 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClientToFind(string? Name = null, string? Phone = null, string? Email = null)
{
    internal static ClientToFind Example { get; } = new("Carla Client", null, "carla@client.example");

    /// <summary>What is searched for must not reach a log by way of a record.</summary>
    public override string ToString() => nameof(ClientToFind);
}
