using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace CleanSync.Application;

/// <summary>
/// Options from the configuration, each under its own name in its section. A value that is no value, or outside the
/// <see cref="RangeAttribute"/> of its option, is refused; whole numbers begin at 1 and spans at zero where an option says nothing else.
/// </summary>
public static class Settings
{
    /// <summary>For the <see cref="RangeAttribute"/> of a span that may not be zero.</summary>
    public const string Moment = "00:00:00.01";

    /// <summary>No timer of the platform waits longer.</summary>
    public const string Longest = "49.00:00:00";

    private static readonly TimeSpan LongestSpan = TimeSpan.Parse(Longest, CultureInfo.InvariantCulture);

    /// <summary>Puts what is given into the options; what is not given, or empty, keeps its value.</summary>
    /// <param name="given">The configuration: a key such as <c>Sync:PollInterval</c> to its text.</param>
    /// <param name="options">A fresh value of the section's options.</param>
    public static T Read<T>(string section, Func<string, string?> given, T options) where T : class
    {
        foreach (var property in SettingsSection.Of(options.GetType()))
        {
            var key = $"{section}:{property.Name}";
            if (given(key) is { Length: > 0 } text) property.SetValue(options, Value(key, text, property));
        }

        return options;
    }

    private static object Value(string key, string text, PropertyInfo property)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        (string Expected, object? Value) read = (type.IsEnum ? TypeCode.Object : Type.GetTypeCode(type)) switch
        {
            TypeCode.String => ("", text),
            TypeCode.Boolean => ("true or false", bool.TryParse(text, out var flag) ? flag : null),
            TypeCode.Int32 =>
                ($"a whole number{(range is null ? " from 1" : $", {range.Minimum} to {range.Maximum}")}", Number(text, range)),
            _ when type.IsEnum => (string.Join(" or ", Enum.GetNames(type)), Named(type, text)),
            _ when type == typeof(TimeSpan) => (
                "a span of time in seconds (30), or in hours, minutes and seconds (00:00:30), "
                + $"from {range?.Minimum ?? "00:00:00"} to {range?.Maximum ?? Longest}",
                Span(text, range)),
            _ => throw new NotSupportedException($"{key} is a {type.Name}: teach {nameof(Settings)} to read it."),
        };
        return read.Value ?? throw new StartRefused($"{key} is '{text}'. Expected {read.Expected}.");
    }

    private static object? Named(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse(type, name)
            : null;

    private static int? Number(string text, RangeAttribute? range)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
        return (range?.IsValid(number) ?? number >= 1) ? number : null;
    }

    private static TimeSpan? Span(string text, RangeAttribute? range)
    {
        TimeSpan span;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            if (seconds > LongestSpan.TotalSeconds) return null;
            span = TimeSpan.FromSeconds(seconds);
        }
        else if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span))
        {
            return null;
        }

        return span >= TimeSpan.Zero && span <= LongestSpan && (range?.IsValid(span) ?? true) ? span : null;
    }
}
