namespace MlKit.Scorer.Loading;

/// <summary>Names of models that come from outside and may become folder names.</summary>
internal static class ModelName
{
    private const int Longest = 200;

    /// <summary>Whether it names one folder: no separators, no leading dot, nothing unprintable.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= Longest && name[0] != '.' && !name.Any(letter => letter is '/' or '\\' or ':' || char.IsControl(letter));
}
