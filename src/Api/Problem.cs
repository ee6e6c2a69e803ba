using System.Text.Json.Serialization;

namespace CleanSync.Api;

/// <summary>Why a request was not carried out, as RFC 9457 problem details.</summary>
/// <param name="Type">Stable name of the problem, such as urn:cleansync:appointment-is-cancelled. GET /api/v1/problems lists all.</param>
/// <param name="Title">The type in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened, what was expected and what to do.</param>
/// <param name="TraceId">Finds this request in the log.</param>
/// <param name="Errors">Of urn:cleansync:invalid-request: each field by its name in the request, with what was expected of it.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null);
