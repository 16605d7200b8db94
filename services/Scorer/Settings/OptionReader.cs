using System.Globalization;
using MlKit.Mlflow;

namespace MlKit.Scorer.Settings;

/// <summary>Reads single settings, with errors that name key, value and what is allowed.</summary>
internal sealed class OptionReader(IConfiguration configuration)
{
    private const string Section = "MLKIT:SCORER:";

    public string? Text(string key) =>
        configuration[Section + key.Replace("__", ":", StringComparison.Ordinal)] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public string? Folder(string key)
    {
        if (Text(key) is not { } path)
        {
            return null;
        }

        return Directory.Exists(path) ? Path.GetFullPath(path) : throw Wrong(key, path, "an existing folder");
    }

    public IReadOnlyList<ModelUri> Models(string key)
    {
        var models = new List<ModelUri>();
        foreach (var part in (Text(key) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            models.Add(ModelUri.TryParse(part, out var uri) && uri.Name is not null
                ? uri
                : throw Wrong(key, part, "models:/NAME@ALIAS, models:/NAME/VERSION or models:/NAME/latest, separated by ';'"));
        }

        var twice = models.GroupBy(model => model.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? models : throw Wrong(key, twice.Key!, "each model once");
    }

    /// <summary>One of some words, in any case; the first of them where there is no setting.</summary>
    public string OneOf(string key, params string[] allowed) => Text(key) is { } value ? Word(key, value, allowed) : allowed[0];

    /// <summary>Some of some words, separated by commas; the first of them where there is no setting.</summary>
    public IReadOnlyList<string> ListOf(string key, IReadOnlyList<string> allowed) => Text(key) is { } value
        ? [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => Word(key, word, allowed)).Distinct()]
        : [allowed[0]];

    public bool Flag(string key, bool otherwise) => Text(key) is { } value ? Word(key, value, ["true", "false"]) == "true" : otherwise;

    public int? Port(string key) => Text(key) is null ? null : Whole(key, 0, 0, 65535);

    public TimeSpan Seconds(string key, double otherwise, double least, double most) => TimeSpan.FromSeconds(Number(key, otherwise, least, most));

    public int Whole(string key, int otherwise, int least, int most) => (int)Long(key, otherwise, least, most);

    public long Long(string key, long otherwise, long least, long most)
    {
        if (Text(key) is not { } value)
        {
            return otherwise;
        }

        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
    }

    private double Number(string key, double otherwise, double least, double most)
    {
        if (Text(key) is not { } value)
        {
            return otherwise;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, value, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }

    private static string Word(string key, string value, IReadOnlyList<string> allowed) =>
        allowed.FirstOrDefault(word => word.Equals(value, StringComparison.OrdinalIgnoreCase)) ?? throw Wrong(key, value, string.Join(", ", allowed));

    private static InvalidOperationException Wrong(string key, string value, string allowed) =>
        new($"MLKIT__SCORER__{key} is '{value}'; allowed: {allowed}");
}
