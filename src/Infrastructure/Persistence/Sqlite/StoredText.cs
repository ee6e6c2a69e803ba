using System.Data;
using System.Globalization;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>How ids, instants and days are written as text: of fixed width, so that text order is their own order.</summary>
internal static class StoredText
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Upper case, as Microsoft.Data.Sqlite itself writes a Guid that reaches it past Dapper's handlers.</summary>
    public static string Of(Guid id) => id.ToString("D").ToUpperInvariant();

    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    public static string Of(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string text) =>
        DateTimeOffset.ParseExact(
            text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);

    public static void UseInDapper()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;

        // Dapper's built-in maps win over handlers, unless they are removed first.
        foreach (var type in new[] { typeof(Guid), typeof(Guid?), typeof(DateTimeOffset), typeof(DateTimeOffset?), typeof(DateOnly),
            typeof(DateOnly?), typeof(bool), typeof(bool?) })
            SqlMapper.RemoveTypeMap(type);
        SqlMapper.AddTypeHandler(new IdHandler());
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new DayHandler());
        SqlMapper.AddTypeHandler(new FlagHandler());
    }

    private sealed class IdHandler : SqlMapper.TypeHandler<Guid>
    {
        public override Guid Parse(object value) => Guid.Parse((string)value);

        public override void SetValue(IDbDataParameter parameter, Guid value) => Set(parameter, Of(value));
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => Instant((string)value);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => Set(parameter, Of(value));
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) => Day((string)value);

        public override void SetValue(IDbDataParameter parameter, DateOnly value) => Set(parameter, Of(value));
    }

    /// <summary>0 and 1 in the statements of every database.</summary>
    private sealed class FlagHandler : SqlMapper.TypeHandler<bool>
    {
        public override bool Parse(object value) => value is bool flag ? flag : Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0;

        public override void SetValue(IDbDataParameter parameter, bool value)
        {
            parameter.DbType = DbType.Int32;
            parameter.Value = value ? 1 : 0;
        }
    }

    private static void Set(IDbDataParameter parameter, string text)
    {
        parameter.DbType = DbType.String;
        parameter.Value = text;
    }
}
