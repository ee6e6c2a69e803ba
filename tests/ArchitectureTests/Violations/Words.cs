namespace CleanSync.Domain.Violations;

/// <summary>A word that no glossary knows.</summary>
internal sealed class Frobnicator;

/// <summary>A word of the glossary.</summary>
internal sealed class Calendar;
