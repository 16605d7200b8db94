namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a parameter is where no value is given.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}
