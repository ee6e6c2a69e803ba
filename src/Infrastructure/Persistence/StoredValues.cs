using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using System.Text;
using Dapper;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// The one way in for what is stored, on every database: what one of them cannot hold is given to none, so that nothing compares otherwise
/// on another one. What comes out is read in whichever form the database has it.
/// </summary>
internal static class StoredValues
{
    private static readonly ConcurrentDictionary<Type, StoredForm> Forms = new();

    /// <summary>UTC, and cut to microseconds, which is what PostgreSQL holds.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Without U+0000, which PostgreSQL refuses; half a surrogate pair, which is no text anywhere, becomes U+FFFD.</summary>
    public static string Of(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace("\0", "", StringComparison.Ordinal);
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune);
        return whole.ToString();
    }

    public static object? Of(object? value) => value switch
    {
        string text => Of(text),
        DateTimeOffset instant => Of(instant),
        Enum => throw new InvalidOperationException($"{value}: enums are stored by name; a row holds the name."),
        _ => value,
    };

    /// <summary>Of text, its ASCII letters in lower case: as <c>lower</c> makes those of a column on every database.</summary>
    public static string Lower(string text) => string.Create(text.Length, text, static (lower, given) =>
    {
        for (var i = 0; i < given.Length; i++) lower[i] = char.IsAsciiLetterUpper(given[i]) ? (char)(given[i] | 0x20) : given[i];
    });

    /// <summary>Makes Dapper store and read by a database's form, beside those of others.</summary>
    public static void UseInDapper<TParameter>(StoredForm form) where TParameter : IDbDataParameter
    {
        if (!Forms.TryAdd(typeof(TParameter), form) || Forms.Count > 1) return;
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        foreach (var type in new[] { typeof(Guid), typeof(DateTimeOffset), typeof(DateOnly), typeof(bool), typeof(string) }) Handle(type);
    }

    /// <summary>What a column of that type holds, in whichever form its database has it.</summary>
    public static object Read(Type type, object value) => type switch
    {
        _ when type == typeof(Guid) => value as Guid? ?? Guid.Parse((string)value),
        _ when type == typeof(DateTimeOffset) => value is string text ? StoredText.Instant(text) : Instant(value),
        _ when type == typeof(DateOnly) => value is string text ? StoredText.Day(text) : (DateOnly)value,
        _ when type == typeof(bool) => value as bool? ?? Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0,
        _ when type == typeof(string) => (string)value,
        _ => Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
    };

    internal static StoredForm FormOf(IDbDataParameter parameter) => Forms[parameter.GetType()];

    private static DateTimeOffset Instant(object value) => new((DateTime)value, TimeSpan.Zero);

    private static void Handle(Type type)
    {
        // Dapper's built-in maps win over handlers, unless they are removed first.
        SqlMapper.RemoveTypeMap(type);
        if (type.IsValueType) SqlMapper.RemoveTypeMap(typeof(Nullable<>).MakeGenericType(type));
        SqlMapper.AddTypeHandler(type, new Handler(type));
    }

    private sealed class Handler(Type type) : SqlMapper.ITypeHandler
    {
        public object? Parse(Type destinationType, object value) => value is DBNull ? null : Read(type, value);

        public void SetValue(IDbDataParameter parameter, object value) =>
            FormOf(parameter).Set(parameter, type, value is DBNull ? null : Of(value));
    }
}

/// <summary>How one database takes its parameters.</summary>
internal abstract class StoredForm
{
    /// <param name="value">As <see cref="StoredValues"/> gives it; null for null, which has its type all the same.</param>
    public abstract void Set(IDbDataParameter parameter, Type type, object? value);

    /// <summary>Gives a list to a statement that asks for <c>in @name</c>.</summary>
    public abstract void SetList(IDbCommand command, string name, Type type, IReadOnlyList<object> values);
}

/// <summary>A list as one argument of a statement that asks for <c>in @name</c>: no two databases take one in the same way.</summary>
internal sealed class KeyList<T>(IEnumerable<T> keys) : SqlMapper.ICustomQueryParameter
    where T : notnull
{
    private readonly IReadOnlyList<object> keys = [.. keys.Select(key => StoredValues.Of((object)key)!)];

    public void AddParameter(IDbCommand command, string name) =>
        StoredValues.FormOf(command.CreateParameter()).SetList(command, name, typeof(T), keys);
}
