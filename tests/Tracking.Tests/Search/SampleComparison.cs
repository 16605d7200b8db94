namespace MlKit.Tests.Search;

/// <summary>How the plain evaluators compare numbers.</summary>
internal static class SampleComparison
{
    public static bool Holds(double value, string comparator, double number) => comparator switch
    {
        "=" => value == number,
        "!=" => value != number,
        ">" => value > number,
        ">=" => value >= number,
        "<" => value < number,
        _ => value <= number,
    };
}
