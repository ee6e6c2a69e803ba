using CleanSync.Domain;

namespace CleanSync.Api;

/// <summary>One kind of problem that the API can answer with.</summary>
/// <param name="Type">The stable name in a problem's type.</param>
/// <param name="Status">Its HTTP status. urn:cleansync:changed-meanwhile is 412 where If-Match was sent.</param>
/// <param name="Title">The type in words.</param>
/// <param name="Meaning">The detail of such a problem; what differs from case to case stands in braces.</param>
public sealed record ProblemType(string Type, int Status, string Title, string Meaning);

/// <summary>Every refusal that exists, read from the code so that the published list cannot lag behind it.</summary>
internal static class ProblemCatalogue
{
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        .. Refusals(typeof(Error), typeof(HttpRefusal)).Select(Sample)
            .Select(e => new ProblemType(Problems.TypeOf(e), Problems.StatusOf(e), Problems.TitleOf(e), NextCalls.Detail(e)))
            .OrderBy(t => t.Status).ThenBy(t => t.Type, StringComparer.Ordinal),
    ];

    public static IEnumerable<Type> Refusals(params Type[] assembliesOf) =>
        assembliesOf.SelectMany(t => t.Assembly.GetTypes()).Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(Error)));

    /// <summary>A refusal whose particulars are the names of its parameters, in braces.</summary>
    public static Error Sample(Type refusal)
    {
        var constructor = refusal.GetConstructors().Single();
        var sample = (Error)constructor.Invoke([.. constructor.GetParameters().Select(p => Placeholder(p.ParameterType, p.Name!))]);
        return sample with { Message = sample.Message.Replace(Guid.Empty.ToString(), "{id}", StringComparison.Ordinal) };
    }

    private static object? Placeholder(Type type, string name) =>
        type == typeof(string) ? $"{{{char.ToLowerInvariant(name[0])}{name[1..]}}}"
        : type == typeof(IReadOnlyDictionary<string, string[]>)
            ? new Dictionary<string, string[]> { ["field"] = ["What was expected of it."] }
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;
}
