using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>Makes results of questions.</summary>
public static class InteractionResult
{
    /// <summary>It was answered.</summary>
    /// <param name="result">The answer.</param>
    public static InteractionResult<T> Ok<T>(T result) => new(result, canceled: false);

    /// <summary>It was dismissed.</summary>
    /// <param name="data">What there is all the same.</param>
    public static InteractionResult<T> Cancel<T>(T? data = default) => new(data, canceled: true);
}

/// <summary>How a question ended.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public class InteractionResult<T>
{
    internal InteractionResult(T? data, bool canceled)
    {
        Data = data;
        Canceled = canceled;
    }

    /// <summary>The answer.</summary>
    public T? Data { get; }

    /// <summary>Whether it was dismissed.</summary>
    [MemberNotNullWhen(false, nameof(Data))]
    public bool Canceled { get; }
}
