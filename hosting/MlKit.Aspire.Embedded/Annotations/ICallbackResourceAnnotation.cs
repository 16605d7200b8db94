namespace Aspire.Hosting.ApplicationModel;

/// <summary>An annotation whose callback works on a context and gives a result.</summary>
/// <typeparam name="TContext">What it works on.</typeparam>
/// <typeparam name="TResult">What it changes.</typeparam>
public interface ICallbackResourceAnnotation<TContext, TResult> : IResourceAnnotation;
