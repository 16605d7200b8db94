namespace MlKit.Tracking.Storage;

/// <summary>Takes the parameters of a statement in order.</summary>
internal interface IParameterList
{
    void Add(long value);

    void Add(double value);

    void Add(string? value);
}
