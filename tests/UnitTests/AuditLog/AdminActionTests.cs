using CleanSync.Application;
using CleanSync.Application.AuditLog;
using Xunit;

namespace CleanSync.UnitTests.AuditLog;

/// <summary>Every admin action there is, made with a text of its own in each of its fields.</summary>
public sealed class AdminActionTests
{
    /// <summary>Words in the name of a field that the log may not hold.</summary>
    private static readonly string[] Secret =
        ["password", "secret", "token", "key", "title", "client", "notes", "location", "search", "query", "text"];

    public static TheoryData<Type> Actions =>
        [.. typeof(IAdminAction).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IAdminAction)))];

    [Theory, MemberData(nameof(Actions))]
    public void Every_admin_action_says_what_was_asked_for_and_none_of_its_secrets(Type action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var fields = new List<string>();
        var made = (IAdminAction)Made(action, "", fields)!;
        var snapshot = new AuditSnapshot();
        var row = string.Join(' ', [snapshot.Asked(made.Asked), .. snapshot.Names.Select(n => n.Name)]);
        Assert.All(fields, field => Assert.Equal(
            (field, !Secret.Any(s => field.Contains(s, StringComparison.OrdinalIgnoreCase)) && ReferenceEquals(made.Asked, made)),
            (field, row.Contains($"{field}.example", StringComparison.OrdinalIgnoreCase))));
    }

    private static object? Made(Type type, string field, List<string> fields)
    {
        string Text()
        {
            fields.Add(field);
            return $"{field}.example";
        }

        if (type == typeof(string)) return Text();
        if (type == typeof(Uri)) return new Uri($"https://{Text()}/path");
        if (type == typeof(IReadOnlyList<string>)) return new[] { Text() };
        if (type == typeof(IReadOnlyList<Guid>)) return new[] { Guid.Empty };
        if (field == "Trust") return Domain.ExchangeIntegrations.ServerTrust.OfTheMachine;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Made(inner, field, fields);
        if (type.IsValueType) return Activator.CreateInstance(type);
        var constructor = type.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Made(p.ParameterType, p.Name!, fields))]);
    }
}
